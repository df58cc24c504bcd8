package io.xtribe.fusionhub.lab.demo;

import java.util.List;

/**
 * One record as its platform shows it.
 *
 * @param number what people call it, empty when there is no such record
 * @param shown names of the other records whose links it shows
 * @param missing what it should show and does not, in words
 */
record RecordView(Place place, String number, String url, List<String> shown, List<String> missing) {}
