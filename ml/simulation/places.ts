/** A city of the simulated map. `homeWeight` is its share of customers, `visitWeight` of travellers. */
export type Place = {
  readonly city: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly utcOffsetHours: number; // standard time all year: daylight saving is not simulated
  readonly homeWeight: number;
  readonly visitWeight: number;
};

export const places: readonly Place[] = [
  place("Berlin", "DE", 52.52, 13.405, 1, 10, 5),
  place("Hamburg", "DE", 53.551, 9.994, 1, 6, 3),
  place("Munich", "DE", 48.137, 11.575, 1, 6, 4),
  place("Cologne", "DE", 50.938, 6.96, 1, 5, 2),
  place("Paris", "FR", 48.857, 2.352, 1, 9, 7),
  place("Lyon", "FR", 45.764, 4.836, 1, 4, 2),
  place("Marseille", "FR", 43.297, 5.381, 1, 4, 3),
  place("Amsterdam", "NL", 52.373, 4.893, 1, 5, 5),
  place("Rotterdam", "NL", 51.924, 4.478, 1, 3, 1),
  place("Madrid", "ES", 40.417, -3.704, 1, 6, 4),
  place("Barcelona", "ES", 41.387, 2.169, 1, 5, 7),
  place("Rome", "IT", 41.903, 12.496, 1, 5, 6),
  place("Milan", "IT", 45.464, 9.19, 1, 5, 3),
  place("Vienna", "AT", 48.208, 16.373, 1, 4, 4),
  place("Brussels", "BE", 50.85, 4.352, 1, 4, 2),
  place("Dublin", "IE", 53.349, -6.26, 0, 3, 2),
  place("Lisbon", "PT", 38.722, -9.139, 0, 3, 5),
  place("Helsinki", "FI", 60.17, 24.938, 2, 3, 1),
  place("London", "GB", 51.507, -0.128, 0, 5, 7),
  place("Manchester", "GB", 53.481, -2.242, 0, 2, 1),
  place("Zurich", "CH", 47.377, 8.541, 1, 3, 2),
  place("Athens", "GR", 37.984, 23.728, 2, 0, 4),
  place("Palma", "ES", 39.57, 2.65, 1, 0, 5),
  place("Istanbul", "TR", 41.008, 28.978, 3, 0, 4),
  place("New York", "US", 40.713, -74.006, -5, 0, 4),
  place("Miami", "US", 25.762, -80.192, -5, 0, 2),
  place("Dubai", "AE", 25.205, 55.271, 4, 0, 3),
  place("Bangkok", "TH", 13.756, 100.502, 7, 0, 3),
  place("Singapore", "SG", 1.352, 103.82, 8, 0, 2),
];

/**
 * Currency of the cards of a country, and how many of its units one euro buys. Only currencies near par with
 * the euro, so that amounts stay comparable without a conversion.
 */
export function currencyOf(country: string): { currency: string; perEuro: number } {
  if (country === "GB") return { currency: "GBP", perEuro: 0.86 };
  if (country === "CH") return { currency: "CHF", perEuro: 0.95 };
  return { currency: "EUR", perEuro: 1 };
}

/** The place of an index. @throws RangeError when there is none. */
export function placeAt(index: number): Place {
  const found = places[index];
  if (found === undefined) throw new RangeError(`no place ${index}`);
  return found;
}

function place(
  ...[city, country, latitude, longitude, utcOffsetHours, homeWeight, visitWeight]: [
    string,
    string,
    number,
    number,
    number,
    number,
    number,
  ]
): Place {
  return { city, country, latitude, longitude, utcOffsetHours, homeWeight, visitWeight };
}
