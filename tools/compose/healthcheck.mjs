// Docker's HEALTHCHECK: whether the server of this image is ready.
import { readFileSync } from 'node:fs';

const { name } = JSON.parse(readFileSync('server/package.json', 'utf8'));
const port = process.env[`${name.replace('@florin/', '').replace('-server', '').toUpperCase()}_PORT`];
const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
