/** The texts of all other pages, in this language, as one file of the build. */
export const texts = Object.assign(
  {},
  ...Object.values(
    import.meta.glob(['../*/texts/en.json', '!../{cart,catalogue,session,shell}/**'], { eager: true, import: 'default' }),
  ),
) as Readonly<Record<string, string>>;
