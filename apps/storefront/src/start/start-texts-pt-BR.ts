/** The texts of the pages that visits begin with, in this language, as one file of the build. */
export const texts = Object.assign(
  {},
  ...Object.values(import.meta.glob('../{cart,catalogue,session,shell}/texts/pt-BR.json', { eager: true, import: 'default' })),
  ...Object.values(
    import.meta.glob('../../../../packages/ui/src/texts/pt-BR.json', { eager: true, import: 'default', query: '?words' }),
  ),
) as Readonly<Record<string, string>>;
