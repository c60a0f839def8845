export { localesSetting } from './locales.ts';
export { publicUrlSetting } from './public-url.ts';
