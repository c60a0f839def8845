/** The texts of all features in this language, as one file of the build. */
export const texts = Object.assign(
  {},
  ...Object.values(
    import.meta.glob(['../*/texts/en.json', '../../../../packages/ui/src/texts/en.json'], { eager: true, import: 'default' }),
  ),
) as Readonly<Record<string, string>>;
