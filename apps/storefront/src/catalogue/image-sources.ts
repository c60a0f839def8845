/** An image of a product: one of ours by its id, or an address elsewhere. */
export type ProductImage = { url: string; alt: string; imageId?: string | undefined };

const WIDTHS = [160, 320, 640] as const;
const OURS = /^(?:https?:\/\/[^/]+)?(\/v1\/images\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?:\?.*)?$/i;

/** The attributes of an `img`. The media service scales our images; others have one size. */
export function imageSources(image: ProductImage): { src: string; srcSet?: string } {
  const path = image.imageId === undefined ? OURS.exec(image.url)?.[1] : `/v1/images/${image.imageId}`;
  if (path === undefined) return { src: image.url };
  return { src: `${path}?width=640`, srcSet: WIDTHS.map((width) => `${path}?width=${width} ${width}w`).join(', ') };
}
