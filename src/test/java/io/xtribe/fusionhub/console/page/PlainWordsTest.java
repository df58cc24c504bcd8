package io.xtribe.fusionhub.console.page;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlainWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                gave no answer in time                                                              | gave no answer in time
                answered 400: {"error":{"message":"Operation Failed","detail":"Category is mandatory"},"status":"failure"} | answered 400: Operation Failed: Category is mandatory
                answered 400: {"error":{"code":2001,"message":"Invalid Input","errors":["Title is too long","Service not found"]}} | answered 400: Invalid Input: Title is too long: Service not found
                answered 404: {"errors":["not found"]}                                              | answered 404: not found
                answered 403: {"errors":["Forbidden"                                                | answered 403: {"errors":["Forbidden"
                answered 400: {"code":7}                                                            | answered 400: {"code":7}
                answered 400: {"a":"b"} and more                                                    | answered 400: {"a":"b"} and more
                """)
    void ofAnAnswerInJsonTheTexts(String words, String plain) {
        assertThat(PlainWords.of(words)).isEqualTo(plain);
    }
}
