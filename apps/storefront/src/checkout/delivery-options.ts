export type Method = {
  id: string;
  name: string;
  priceMinor: number;
  freeFromMinor?: number;
  currency: string;
  countries?: readonly string[];
  minDays: number;
  maxDays: number;
};

/** The methods that go to this country and have the currency of the order. */
export function methodsFor(methods: readonly Method[], { country, currency }: { country: string; currency: string }): Method[] {
  return methods.filter(
    (method) => method.currency === currency && (method.countries === undefined || method.countries.includes(country)),
  );
}

/** What a method costs for items of this price after the discount. */
export function deliveryPrice({ priceMinor, freeFromMinor }: Method, itemsMinor: number): number {
  return freeFromMinor !== undefined && itemsMinor >= freeFromMinor ? 0 : priceMinor;
}

/** The countries to choose from: those that the methods go to, or all if one method goes everywhere. */
export function countriesOf(methods: readonly Method[], all: readonly string[]): readonly string[] {
  if (methods.some(({ countries }) => countries === undefined)) return all;
  const served = new Set(methods.flatMap(({ countries = [] }) => countries));
  return all.filter((country) => served.has(country));
}

/** The country to begin with: that of the browser's languages, or where most people speak them; else the first. */
export function likelyCountry(countries: readonly string[], languages: readonly string[]): string {
  const named = languages.map((tag) => new Intl.Locale(tag).region);
  const likely = languages.map((tag) => new Intl.Locale(tag).maximize().region);
  return [...named, ...likely].find((region) => region !== undefined && countries.includes(region)) ?? countries[0] ?? '';
}
