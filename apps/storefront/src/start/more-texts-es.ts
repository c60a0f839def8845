/** The texts of errors and of all other pages, in this language, as one file of the build. */
export const texts = Object.assign(
  {},
  ...Object.values(
    import.meta.glob(['../*/texts/es.json', '!../{cart,catalogue,session,shell}/**'], { eager: true, import: 'default' }),
  ),
  ...Object.values(
    import.meta.glob('../../../../packages/ui/src/texts/es.json', { eager: true, import: 'default', query: '?errors' }),
  ),
) as Readonly<Record<string, string>>;
