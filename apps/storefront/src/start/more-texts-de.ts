/** The texts of errors and of all other pages, in this language, as one file of the build. */
export const texts = Object.assign(
  {},
  ...Object.values(
    import.meta.glob(['../*/texts/de.json', '!../{cart,catalogue,session,shell}/**'], { eager: true, import: 'default' }),
  ),
  ...Object.values(
    import.meta.glob('../../../../packages/ui/src/texts/de.json', { eager: true, import: 'default', query: '?errors' }),
  ),
) as Readonly<Record<string, string>>;
