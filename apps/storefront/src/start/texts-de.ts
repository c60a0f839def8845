import type { CompiledTexts, TextFiles } from './text-files.ts';

/** The texts in this language: those that every visit begins with, and where the others are. */
export const files: TextFiles = {
  start: [
    import.meta.glob('../{session,shell}/texts/de.json', { eager: true, import: 'default' }),
    import.meta.glob('../../../../packages/ui/src/texts/de.json', { eager: true, import: 'default', query: '?words' }),
  ],
  features: import.meta.glob<CompiledTexts>(['../*/texts/de.json', '!../{session,shell}/**'], { import: 'default' }),
  errors: import.meta.glob<CompiledTexts>('../../../../packages/ui/src/texts/de.json', { import: 'default', query: '?errors' }),
};
