import { createPeriodicJob } from '@florin/runtime';
import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { searchInvariants } from './invariants.ts';
import { noteStopWords } from './note-stop-words.ts';
import { createSpellingPruning } from './prune-spellings.ts';
import { reindexStale } from './reindex-stale.ts';

/** A product that the release before has changed is found after this time. */
const REINDEX_EVERY_MS = 1_000;
const STOP_WORDS_EVERY_MS = 60_000;
const PRUNE_EVERY_MS = 60_000;

export function searchFeature({ transact, logger, metrics }: ServiceContext<Config>): Feature {
  return {
    name: 'search',
    description: 'The index that products are searched by',
    jobs: [
      createPeriodicJob({
        job: 'reindex-products',
        name: 'index changed products',
        everyMs: REINDEX_EVERY_MS,
        logger,
        metrics,
        run: () => transact(reindexStale),
      }),
      createPeriodicJob({
        job: 'note-stop-words',
        name: 'note the words that most products have',
        everyMs: STOP_WORDS_EVERY_MS,
        logger,
        metrics,
        run: async () => {
          await transact(noteStopWords);
          return false;
        },
      }),
      createPeriodicJob({
        job: 'prune-spellings',
        name: 'delete the spellings of words that no product has',
        everyMs: PRUNE_EVERY_MS,
        logger,
        metrics,
        run: createSpellingPruning(transact),
      }),
    ],
    invariants: searchInvariants,
  };
}
