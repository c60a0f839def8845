import type { ServiceDefinition } from '@florin/service';
import { type Config, readConfig } from './config.ts';
import { imagesFeature } from './images/feature.ts';
import { rights } from './rights.ts';

export const media: ServiceDefinition<Config> = {
  name: 'media',
  readConfig,
  rights,
  features: (context) => [imagesFeature(context)],
};
