package io.xtribe.fusionhub.lab.local;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Text in aligned columns, two blanks apart. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** A missing cell is left empty. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** All lines, each behind the indentation and without blanks at its end. */
    public String text(String indentation) {
        return rows.stream().map(row -> indentation + line(row)).collect(Collectors.joining(System.lineSeparator()));
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
