package io.xtribe.fusionhub.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import at.favre.lib.crypto.bcrypt.BCrypt;

/** Who may log in: the content of a users file. */
final class Users {

    /** What a name may be, for messages. */
    static final String NAMES = "letters, digits, and . _ @ - only, 64 of them at most";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final int FIELDS = 3;
    private static final int LEAST_COST = 10;
    private static final int MOST_COST = 14;

    /**
     * One of them.
     *
     * @param hash of the password, by bcrypt
     */
    record User(String name, Role role, String hash) {

        /** Whether this is the password. Takes as long as the hash's cost says: a tenth of a second or more. */
        boolean isPassword(String given) {
            return BCrypt.verifyer().verify(given.toCharArray(), hash).verified;
        }
    }

    private final Map<String, User> byName;

    private Users(Map<String, User> byName) {
        this.byName = byName;
    }

    /** The users file is wrong; the message names the line and the remedy. */
    static final class InvalidUsersException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidUsersException(String message) {
            super(message);
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    Optional<User> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Reads the lines of a users file: {@code name:role:hash} each; empty lines and those that begin with {@code #} are left
     * out.
     */
    static Users parse(List<String> lines) throws InvalidUsersException {
        var users = new LinkedHashMap<String, User>();
        var problems = new ArrayList<String>();
        for (var number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var fields = line.split(":", -1);
            var problem = problem(fields);
            if (problem.isEmpty() && users.containsKey(fields[0])) {
                problem = "a second user of the name " + fields[0] + ": remove one of them";
            }
            if (problem.isEmpty()) {
                users.put(fields[0], new User(fields[0], Role.of(fields[1]).orElseThrow(), fields[2]));
            } else {
                problems.add("line " + number + ": " + problem);
            }
        }
        if (users.isEmpty() && problems.isEmpty()) {
            problems.add("it names no user: add a line made by bin/fusion user <name>");
        }
        if (!problems.isEmpty()) {
            throw new InvalidUsersException(String.join("; ", problems));
        }
        return new Users(users);
    }

    /** What is wrong with a line, without its content; empty when nothing is. */
    private static String problem(String... fields) {
        if (fields.length != FIELDS) {
            return "it has to be name:role:hash; bin/fusion user <name> makes one";
        }
        if (!isName(fields[0])) {
            return "a name has " + NAMES;
        }
        if (Role.of(fields[1]).isEmpty()) {
            return "the role is viewer, operator or admin";
        }
        var hash = HASH.matcher(fields[2]);
        if (!hash.matches()) {
            return "the third field is no bcrypt hash; bin/fusion user " + fields[0] + " makes one";
        }
        var cost = Integer.parseInt(hash.group(1));
        return cost >= LEAST_COST && cost <= MOST_COST
                ? ""
                : "the cost of its hash is " + cost + ": use " + LEAST_COST + " to " + MOST_COST;
    }
}
