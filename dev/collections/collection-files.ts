import type { ApiDocument } from '../client-sources.ts';
import { brunoCollection } from './bruno-collection.ts';
import { postmanCollection } from './postman-collection.ts';
import { sampleRequests } from './sample-requests.ts';

export const collectionsFolder = 'docs/api/collections';
export const postmanFile = `${collectionsFolder}/florin.postman_collection.json`;
export const brunoFolder = `${collectionsFolder}/bruno`;

/**
 * Builds the collections of requests, for Postman and for Bruno.
 *
 * Not by openapi-to-postmanv2 and Bruno's importer: they are 900 packages for two formats of which we use a page each, they choose
 * new random ids in each run, so that the committed files would always differ, and their requests carry neither the tokens of the
 * sign-up nor a test.
 *
 * @returns the text of each file, by its path from the root of the repository
 */
export function collectionFiles(document: ApiDocument): Record<string, string> {
  const requests = sampleRequests(document);
  const bruno = Object.entries(brunoCollection(requests)).map(([file, text]) => [`${brunoFolder}/${file}`, text]);
  return { [postmanFile]: postmanCollection(requests), ...(Object.fromEntries(bruno) as Record<string, string>) };
}
