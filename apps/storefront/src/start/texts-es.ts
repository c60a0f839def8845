import type { CompiledTexts, TextFiles } from './text-files.ts';

/** The texts in this language: those that every visit begins with, and where the others are. */
export const files: TextFiles = {
  start: [
    import.meta.glob('../{session,shell}/texts/es.json', { eager: true, import: 'default' }),
    import.meta.glob('../../../../packages/ui/src/texts/es.json', { eager: true, import: 'default', query: '?words' }),
  ],
  features: import.meta.glob<CompiledTexts>(['../*/texts/es.json', '!../{session,shell}/**'], { import: 'default' }),
  errors: import.meta.glob<CompiledTexts>('../../../../packages/ui/src/texts/es.json', { import: 'default', query: '?errors' }),
};
