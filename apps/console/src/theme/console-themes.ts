import type { RaThemeOptions } from 'react-admin';

export type ConsoleThemes = { light: RaThemeOptions; dark: RaThemeOptions };
type Mode = keyof ConsoleThemes;

/** Makes Material UI's themes from the tokens of both colour schemes. */
export function createThemes(): ConsoleThemes {
  return { light: themeOf('light', readTokens('light')), dark: themeOf('dark', readTokens('dark')) };
}

/** Reads a token's value, such as `color-accent`. */
type Tokens = (name: string) => string;

/** Material UI computes shades from colours, so it needs their values rather than their names. */
function readTokens(mode: Mode): Tokens {
  const root = document.documentElement;
  const before = root.dataset['theme'];
  root.dataset['theme'] = mode;
  const style = getComputedStyle(root);
  const names = [...tokenNames, ...colourNames.map((name) => `color-${name}`)];
  const values = new Map(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  if (before === undefined) delete root.dataset['theme'];
  else root.dataset['theme'] = before;
  return (name) => {
    const value = values.get(name);
    if (value === undefined || value === '') throw new Error(`packages/ui has no token --${name}`);
    return value;
  };
}

const tokenNames = ['font', 'text-small', 'text-base', 'text-title', 'text-section', 'line-tight', 'line-base', 'touch'] as const;
const colourNames = [
  'page',
  'surface',
  'line',
  'line-strong',
  'text',
  'text-soft',
  'accent',
  'accent-strong',
  'accent-soft',
  'on-accent',
  'good',
  'good-soft',
  'warn',
  'warn-soft',
  'bad',
  'bad-soft',
  'info',
  'info-soft',
  'focus',
] as const;

function themeOf(mode: Mode, token: Tokens): RaThemeOptions {
  const colour = (name: (typeof colourNames)[number]) => token(`color-${name}`);
  const solid = (main: string) => ({ main, light: main, dark: main, contrastText: colour('surface') });
  return {
    palette: {
      mode,
      primary: {
        main: colour('accent'),
        dark: colour('accent-strong'),
        light: colour('accent-strong'),
        contrastText: colour('on-accent'),
      },
      secondary: { main: colour('accent'), contrastText: colour('on-accent') },
      success: solid(colour('good')),
      warning: solid(colour('warn')),
      error: solid(colour('bad')),
      info: solid(colour('info')),
      background: { default: colour('page'), paper: colour('surface') },
      text: { primary: colour('text'), secondary: colour('text-soft') },
      divider: colour('line'),
      action: { selected: colour('accent-soft') },
    },
    typography: {
      fontFamily: token('font'),
      button: { textTransform: 'none', fontWeight: 600, fontSize: token('text-base') },
      body1: { lineHeight: token('line-base') },
      h1: { fontSize: token('text-title'), fontWeight: 700, lineHeight: token('line-tight') },
      h2: { fontSize: token('text-section'), fontWeight: 700, lineHeight: token('line-tight') },
      h3: { fontSize: token('text-base'), fontWeight: 700 },
    },
    shape: { borderRadius: 6 },
    transitions: reducedMotion() ? { create: () => 'none' } : {},
    components: componentsOf(token('touch'), colour),
  };
}

/** Touch targets of 44 pixels, a visible focus, and no text below its contrast. */
function componentsOf(
  touch: string,
  colour: (name: (typeof colourNames)[number]) => string,
): NonNullable<RaThemeOptions['components']> {
  const focus = { outline: `3px solid ${colour('focus')}`, outlineOffset: '2px' };
  const tone = (name: 'good' | 'warn' | 'bad' | 'info') => ({
    backgroundColor: colour(`${name}-soft`),
    color: colour('text'),
    '& .MuiAlert-icon': { color: colour(name) },
  });
  return {
    MuiButtonBase: { defaultProps: { disableRipple: true }, styleOverrides: { root: { '&.Mui-focusVisible': focus } } },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: { root: { minHeight: touch, '&.Mui-disabled': { color: colour('text-soft') } } },
    },
    MuiIconButton: { styleOverrides: { root: { width: touch, height: touch, color: colour('text') } } },
    MuiCheckbox: { styleOverrides: { root: { width: touch, height: touch, color: colour('line-strong') } } },
    MuiRadio: { styleOverrides: { root: { width: touch, height: touch, color: colour('line-strong') } } },
    MuiMenuItem: { styleOverrides: { root: { minHeight: touch } } },
    MuiTab: { styleOverrides: { root: { minHeight: touch, color: colour('text-soft') } } },
    MuiLink: { styleOverrides: { root: { color: colour('accent') } } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'medium', fullWidth: true } },
    MuiFormControl: { defaultProps: { variant: 'outlined' } },
    MuiFormHelperText: { styleOverrides: { root: { color: colour('text-soft'), '&.Mui-error': { color: colour('bad') } } } },
    MuiInputBase: {
      styleOverrides: { root: { minHeight: touch }, input: { '&::placeholder': { color: colour('text-soft'), opacity: 1 } } },
    },
    MuiInputLabel: { styleOverrides: { root: { color: colour('text-soft') } } },
    MuiOutlinedInput: { styleOverrides: { notchedOutline: { borderColor: colour('line-strong') } } },
    MuiCard: { defaultProps: { variant: 'outlined' } },
    MuiTableCell: {
      styleOverrides: { head: { color: colour('text-soft'), fontWeight: 600, backgroundColor: colour('surface') } },
    },
    MuiAlert: {
      styleOverrides: {
        root: {
          variants: (['success', 'warning', 'error', 'info'] as const).map((severity) => ({
            props: { severity },
            style: tone(toneOf[severity]),
          })),
        },
      },
    },
    MuiCssBaseline: {
      styleOverrides: {
        body: { overflowWrap: 'break-word' },
        // Paper is light in both themes.
        '@media print': { ':root, body': { colorScheme: 'light', backgroundColor: 'Canvas', color: 'CanvasText' } },
      },
    },
  };
}

const toneOf = { success: 'good', warning: 'warn', error: 'bad', info: 'info' } as const;

function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
