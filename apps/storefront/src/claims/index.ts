export { claimStatusWords } from './claim-words.ts';
