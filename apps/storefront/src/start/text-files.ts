import type { MessageFormatElement } from 'react-intl';

export type Message = MessageFormatElement[];
/** As a file of the build has them: see `compiled-texts.ts`. */
export type CompiledTexts = Readonly<Record<string, string | Message>>;

/** The files of one language, by their paths. */
export type TextFiles = {
  start: readonly Record<string, CompiledTexts>[];
  features: Record<string, () => Promise<CompiledTexts>>;
  errors: Record<string, () => Promise<CompiledTexts>>;
};
