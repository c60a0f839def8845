export { localesSetting } from './locales.ts';
