/** The bounds of the API. */
export const MAX_PHOTOS = 5;
const MAX_BYTES = 10 * 1024 * 1024;
export const PHOTO_TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];

/** Why a file is not sent, as the end of the id of its text. `room`: how many further photos the claim takes. */
export function photoFault({ type, size }: { type: string; size: number }, room: number): string | undefined {
  if (room <= 0) return 'photoTooMany';
  if (!PHOTO_TYPES.includes(type)) return 'photoType';
  return size > MAX_BYTES ? 'photoTooLarge' : undefined;
}
