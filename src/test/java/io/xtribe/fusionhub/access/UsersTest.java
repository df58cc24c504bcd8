package io.xtribe.fusionhub.access;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.access.Users.InvalidUsersException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UsersTest {

    private static final String HASH = "$2a$12$cCmgDlJKGRe6cGm0MPYgJuL/5DAPwJIjMy679GySqc/AzXFdzCXTy";

    @Test
    void aLineThatTheCommandMakesIsAUserWithThatPassword() throws InvalidUsersException {
        String password = UserCommand.newPassword();
        Users users = Users.parse(
                List.of("", "# on call", "  " + UserCommand.line("jane@x.example", Role.OPERATOR, password)));
        assertThat(users.find("jane@x.example")).hasValueSatisfying(user -> {
            assertThat(user.role()).isEqualTo(Role.OPERATOR);
            assertThat(user.isPassword(password)).isTrue();
            assertThat(user.isPassword(password + "x")).isFalse();
            assertThat(user.isPassword("")).isFalse();
        });
        assertThat(users.find("jane")).isEmpty();
        assertThat(users.find("")).isEmpty();
    }

    @Test
    void passwordsAreNotMadeTwice() {
        assertThat(UserCommand.newPassword()).hasSize(20).isNotEqualTo(UserCommand.newPassword());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jane                              | line 1: it has to be name:role:hash
                    jane:operator                     | line 1: it has to be name:role:hash
                    jane:operator:HASH:               | line 1: it has to be name:role:hash
                    jane doe:operator:HASH            | line 1: a name has letters, digits
                    :operator:HASH                    | line 1: a name has letters, digits
                    jane:boss:HASH                    | line 1: the role is viewer, operator or admin
                    jane:Operator:HASH                | line 1: the role is viewer, operator or admin
                    jane:operator:secret              | line 1: the third field is no bcrypt hash; bin/fusion user jane
                    jane:operator:$2a$04$cCmgDlJKGRe6cGm0MPYgJuL/5DAPwJIjMy679GySqc/AzXFdzCXTy | line 1: the cost of its hash is 4: use 10 to 14
                    jane:operator:$2a$31$cCmgDlJKGRe6cGm0MPYgJuL/5DAPwJIjMy679GySqc/AzXFdzCXTy | line 1: the cost of its hash is 31: use 10 to 14
                    """)
    void aWrongLineIsNamedWithoutItsContent(String line, String message) {
        assertThatThrownBy(() -> Users.parse(List.of(line.replace("HASH", HASH))))
                .isInstanceOf(InvalidUsersException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("secret", "cCmgDlJK");
    }

    @Test
    void allWrongLinesAreNamed() {
        assertThatThrownBy(() -> Users.parse(List.of("# x", "a", "jane:viewer:" + HASH, "jane:admin:" + HASH)))
                .hasMessageContaining("line 2: ")
                .hasMessageContaining("line 4: a second user of the name jane");
    }

    /** With nobody in it nobody could get in any more, and this host would not be trusted either. */
    @Test
    void aFileWithoutUsersIsWrong() {
        assertThatThrownBy(() -> Users.parse(List.of("# nobody yet"))).hasMessageContaining("it names no user");
    }
}
