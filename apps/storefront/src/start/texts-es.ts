/** The texts of all features in this language, as one file of the build. */
export const texts = Object.assign(
  {},
  ...Object.values(
    import.meta.glob(['../*/texts/es.json', '../../../../packages/ui/src/texts/es.json'], { eager: true, import: 'default' }),
  ),
) as Readonly<Record<string, string>>;
