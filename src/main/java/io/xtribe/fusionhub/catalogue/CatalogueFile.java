package io.xtribe.fusionhub.catalogue;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;

/**
 * Reads a service catalogue from a CSV file (<a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>, UTF-8), and
 * finds everything that is wrong with it at once.
 */
public final class CatalogueFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final ObjectReader CSV = new CsvMapper()
            .readerForListOf(String.class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvParser.Feature.SKIP_EMPTY_LINES);

    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<RoutingHints> rows = new ArrayList<>();
    /** In which line each key is, by column. */
    private final Map<String, Map<String, Integer>> lineOf = new HashMap<>();

    private final CatalogueColumns columns;

    private CatalogueFile(CatalogueColumns columns) {
        this.columns = columns;
    }

    /**
     * Reads a catalogue.
     *
     * @param columns those that it may have, in any order
     * @throws InvalidCatalogueException with every problem: a file that cannot be read, an unknown or missing column,
     *     a malformed line, a key that is missing or there twice
     */
    public static Catalogue read(Path file, CatalogueColumns columns) throws InvalidCatalogueException {
        var reading = new CatalogueFile(columns);
        reading.read(text(file));
        if (!reading.problems.isEmpty()) {
            throw new InvalidCatalogueException(reading.problems);
        }
        var unique = columns.hints().stream()
                .filter(CatalogueColumns.Hint::unique)
                .map(CatalogueColumns.Hint::name)
                .collect(Collectors.toSet());
        return new Catalogue(reading.rows, unique, reading.notes);
    }

    private static String text(Path file) throws InvalidCatalogueException {
        String problem;
        try {
            var text = Files.readString(file);
            if (!text.startsWith(BYTE_ORDER_MARK)) {
                return text;
            }
            problem = "it begins with a byte order mark: save it as UTF-8 without one";
        } catch (NoSuchFileException e) {
            problem = "there is no such file";
        } catch (CharacterCodingException e) {
            problem = "it is not UTF-8: save it as UTF-8";
        } catch (IOException e) {
            problem = "it cannot be read: " + e.getMessage();
        }
        throw new InvalidCatalogueException(List.of(problem));
    }

    private void read(String text) {
        try (var lines = CSV.<List<String>>readValues(text)) {
            if (!lines.hasNextValue()) {
                problems.add("it is empty: begin with the line " + String.join(",", columns.required()));
                return;
            }
            var header = lines.nextValue();
            checkHeader(header);
            // Without the right columns nothing can be said about the rows.
            var isUsable = problems.isEmpty();
            while (isUsable && lines.hasNextValue()) {
                // Its first character has been seen by now, no more.
                take(lines.getCurrentLocation().getLineNr(), header, lines.nextValue());
            }
        } catch (JsonProcessingException e) {
            problems.add("line " + e.getLocation().getLineNr() + ": malformed (" + e.getOriginalMessage()
                    + "): put a cell that holds a comma, a quote or a line break in quotes, and double a quote in it");
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can always be read", e);
        }
    }

    private void checkHeader(List<String> header) {
        var required = columns.required();
        for (var column : columns.all()) {
            var times = Collections.frequency(header, column);
            if (times > 1 || times == 0 && required.contains(column)) {
                problems.add("line 1: column '" + column + "' "
                        + (times == 0
                                ? "is missing: add it, its cells may be empty"
                                : "is there twice: keep one of them"));
            }
        }
        header.stream()
                .filter(columns.retired()::contains)
                .distinct()
                .forEach(column -> notes.add(
                        "line 1: column '" + column + "' is not used any more and ignored: remove it, with its cells"));
        header.stream()
                .filter(column ->
                        !columns.all().contains(column) && !columns.retired().contains(column))
                .forEach(this::unknown);
    }

    private void unknown(String column) {
        if (columns.complete()) {
            problems.add("line 1: column '" + column + "' is unknown: use " + String.join(", ", columns.all()));
        } else {
            notes.add("line 1: column '" + column
                    + "' is unknown and ignored, as the folder of a platform cannot be read:"
                    + " correct that folder, or remove the column");
        }
    }

    private void take(int line, List<String> header, List<String> cells) {
        if (cells.size() != header.size()) {
            problems.add("line " + line + ": " + cells.size() + " cells where the header has " + header.size()
                    + ": leave a cell empty, but not out, and put one that holds a comma in quotes");
            return;
        }
        var row = new HashMap<String, String>();
        for (var i = 0; i < cells.size(); i++) {
            row.put(header.get(i), cells.get(i));
            if (!cells.get(i).equals(cells.get(i).strip())) {
                problems.add("line " + line + ": " + header.get(i) + " '" + cells.get(i)
                        + "' begins or ends with a blank: remove it, texts are compared as they stand");
            }
        }
        if (row.get(CatalogueColumns.SERVICE).isEmpty()) {
            problems.add("line " + line + ": the service has no name: give it the one that webhooks send");
        }
        columns.unique().forEach(column -> unique(column, row, line));
        var ids = new HashMap<String, String>();
        columns.hints().forEach(hint -> ids.put(hint.name(), row.getOrDefault(hint.column(), "")));
        rows.add(new RoutingHints(
                row.get(CatalogueColumns.SERVICE),
                row.get(CatalogueColumns.TEAM),
                row.get(CatalogueColumns.RUNBOOK),
                ids));
    }

    private void unique(String column, Map<String, String> row, int line) {
        var key = row.getOrDefault(column, "");
        var first = key.isEmpty()
                ? null
                : lineOf.computeIfAbsent(column, name -> new HashMap<>()).putIfAbsent(key, line);
        if (first != null) {
            problems.add("line " + line + ": " + column + " '" + key + "' is in line " + first
                    + " already: a signal finds its row by it, keep it in one of them");
        }
    }
}
