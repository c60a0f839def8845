import { chooseLocale, type Locale } from '@florin/ui';

const KEY = 'florin.locale';

/** The language that the reader has chosen here, else the first of the browser's that the shop has. */
export function chosenLocale(storage: Pick<Storage, 'getItem'>, languages: readonly string[]): Locale {
  const kept = storage.getItem(KEY);
  return chooseLocale(kept === null ? languages : [kept, ...languages]);
}

/** Keeps the choice for the next visit. */
export function keepLocale(storage: Pick<Storage, 'setItem'>, locale: Locale): void {
  storage.setItem(KEY, locale);
}
