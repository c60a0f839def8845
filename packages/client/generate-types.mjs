// Prints the TypeScript types of the OpenAPI document on standard input. A program of its own: openapi-typescript needs the
// TypeScript of this package, and fails with the one of the repository.
import { text } from 'node:stream/consumers';
import openapiTS, { astToString } from 'openapi-typescript';

// A request may leave out a field that has a default.
const types = await openapiTS(await text(process.stdin), { defaultNonNullable: false });
process.stdout.write(astToString(types));
