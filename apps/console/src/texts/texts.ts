/** The languages of the console; each text has them in this order. */
export const locales = ['en', 'de', 'es', 'pt-BR'] as const;
export type Locale = (typeof locales)[number];

export const localeNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  'pt-BR': 'Português (Brasil)',
};

/** One text in each language, in ICU message format. A missing language does not compile. */
export type Text = readonly [en: string, de: string, es: string, ptBR: string];
export type Texts = Readonly<Record<string, Text>>;

/** The messages of one language by id. */
export function messagesOf(texts: Texts, locale: Locale): Record<string, string> {
  const at = locales.indexOf(locale);
  return Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, text[at] ?? text[0]]));
}

/** The first language that both the browser and the console have; English without one. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const wanted = language.toLowerCase();
    const found = locales.find((locale) => wanted === locale.toLowerCase() || wanted.split('-')[0] === locale.split('-')[0]);
    if (found !== undefined) return found;
  }
  return 'en';
}
