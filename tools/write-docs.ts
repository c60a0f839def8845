import { writeFileSync } from 'node:fs';
import { envExample } from './env-example.ts';
import './write-event-docs.ts';

// npm run docs: what is written from code and committed.
writeFileSync(new URL('../.env.example', import.meta.url), envExample());
