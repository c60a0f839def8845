import type { Locale } from '@florin/ui';
import type { CompiledTexts, Message, TextFiles } from './text-files.ts';

/** Parsed messages, by id. */
export type Texts = Readonly<Record<string, Message>>;

/** A feature with texts of its own: the name of its folder. Those of shell and session are there from the start. */
export type TextFeature =
  | 'account'
  | 'cart'
  | 'catalogue'
  | 'checkout'
  | 'claims'
  | 'legal'
  | 'order-parts'
  | 'orders'
  | 'wallet';

/** `TYPE.literal` of a message's element. */
const LITERAL = 0;

const languages: Record<Locale, () => Promise<{ files: TextFiles }>> = {
  en: () => import('./texts-en.ts'),
  de: () => import('./texts-de.ts'),
  es: () => import('./texts-es.ts'),
  'pt-BR': () => import('./texts-pt-BR.ts'),
};

/** Loads the texts that every visit begins with. */
export async function loadStartTexts(locale: Locale): Promise<Texts> {
  const { files } = await languages[locale]();
  return messagesOf(files.start.flatMap((found) => Object.values(found)));
}

/** Loads the texts of features: one file for each. */
export async function loadTexts(features: readonly TextFeature[], locale: Locale): Promise<Texts> {
  const { files } = await languages[locale]();
  return messagesOf(
    await Promise.all(features.map(async (name) => (await files.features[`../${name}/texts/${locale}.json`]?.()) ?? {})),
  );
}

/** Loads the texts of error codes. */
export async function loadErrorTexts(locale: Locale): Promise<Texts> {
  const { files } = await languages[locale]();
  return messagesOf(await Promise.all(Object.values(files.errors).map((load) => load())));
}

/** Without its parser react-intl takes parsed messages only. */
function messagesOf(texts: readonly CompiledTexts[]): Texts {
  const all = texts.flatMap((one) => Object.entries(one));
  return Object.fromEntries(all.map(([id, text]) => [id, typeof text === 'string' ? [{ type: LITERAL, value: text }] : text]));
}
