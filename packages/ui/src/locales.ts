export const locales = ['en', 'de', 'es', 'pt-BR'] as const;
export type Locale = (typeof locales)[number];

/**
 * Chooses the language of the pages.
 *
 * @param wanted BCP 47 tags in the reader's order, as `navigator.languages`
 */
export function chooseLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const [language = ''] = tag.toLowerCase().split('-');
    const found = locales.find((one) => one.toLowerCase().split('-')[0] === language);
    if (found !== undefined) return found;
  }
  return 'en';
}
