import { IMAGE_PATH } from '@florin/values';

/** The address of an uploaded image at the gateway: what programs that know no image ids read and show. */
export function addressOf(imageId: string): string {
  return `${IMAGE_PATH}${imageId}`;
}

/** The id of an uploaded image; undefined for an image that is elsewhere on the web. */
export function imageIdOf(url: string): string | undefined {
  return url.startsWith(IMAGE_PATH) ? url.slice(IMAGE_PATH.length) : undefined;
}
