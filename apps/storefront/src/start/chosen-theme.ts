/** `system` follows the setting of the device. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** public/theme.js reads it before the first paint. */
const KEY = 'florin.theme';

/** The theme that the reader has chosen here. */
export function chosenTheme(storage: Pick<Storage, 'getItem'>): Theme {
  const kept = storage.getItem(KEY);
  return themes.find((theme) => theme === kept) ?? 'system';
}

/** Keeps the choice for the next visit. */
export function keepTheme(storage: Pick<Storage, 'setItem' | 'removeItem'>, theme: Theme): void {
  if (theme === 'system') storage.removeItem(KEY);
  else storage.setItem(KEY, theme);
}

/** Shows the theme. @param root the element of the document */
export function showTheme({ dataset }: { dataset: Record<string, string | undefined> }, theme: Theme): void {
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
}
