import type { Locale } from '@florin/ui';

export type Texts = Readonly<Record<string, string>>;

const loaders: Record<Locale, () => Promise<{ texts: Texts }>> = {
  en: () => import('./texts-en.ts'),
  de: () => import('./texts-de.ts'),
  es: () => import('./texts-es.ts'),
  'pt-BR': () => import('./texts-pt-BR.ts'),
};

/** Loads the texts of one language. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  const { texts } = await loaders[locale]();
  return texts;
}
