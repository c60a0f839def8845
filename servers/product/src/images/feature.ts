import type { Feature } from '@florin/service';
import { imageInvariants } from './invariants.ts';
import { recordImages } from './seen-images.ts';

/** Uploaded images, which media stores and announces. */
export function imagesFeature(): Feature {
  return {
    name: 'images',
    description: 'The uploaded images that products and claims may refer to',
    subscriptions: [{ event: 'image-stored', handle: recordImages }],
    invariants: imageInvariants,
  };
}
