import { useState } from 'react';
import { imageSources, type ProductImage } from './image-sources.ts';
import css from './picture.module.css';

type Props = {
  image: ProductImage | undefined;
  /** Said by screen readers if the image has no text of its own. Empty: the image only decorates. */
  fallbackAlt?: string;
  /** The `sizes` attribute: how wide the image is shown. */
  sizes: string;
  /** Images that are seen first are loaded at once. */
  isFirst?: boolean;
};

/** An image of a product in a square that keeps its place. Without an image, or if it does not load, the square has a sign. */
export function Picture({ image, fallbackAlt = '', sizes, isFirst = false }: Props) {
  const [broken, setBroken] = useState<string>();
  if (image === undefined || broken === image.url) return <NoPicture />;
  return (
    <div className={css['square']}>
      <img
        {...imageSources(image)}
        alt={image.alt || fallbackAlt}
        sizes={sizes}
        width={640}
        height={640}
        loading={isFirst ? 'eager' : 'lazy'}
        decoding="async"
        onError={() => setBroken(image.url)}
      />
    </div>
  );
}

function NoPicture() {
  return (
    <div className={css['square']}>
      <svg viewBox="0 0 48 48" aria-hidden="true" className={css['none']}>
        <path d="M24 6 40 14.5v19L24 42 8 33.5v-19zM8 14.5 24 23m0 0 16-8.500M24 23v19M16 10.250l16 8.500" />
      </svg>
    </div>
  );
}
