import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { ProductImage } from './image-sources.ts';
import { Picture } from './picture.tsx';
import css from './product.module.css';

type Props = { images: readonly ProductImage[]; name: string };

/** The images of a product: one large, all as buttons below. */
export function Gallery({ images, name }: Props) {
  const intl = useIntl();
  const [shownUrl, show] = useState<string>();
  const shown = images.find(({ url }) => url === shownUrl) ?? images[0];
  return (
    <div className={css['gallery']}>
      <Picture key={shown?.url} image={shown} fallbackAlt={name} sizes="(min-width: 60em) 36rem, 92vw" isFirst />
      {images.length > 1 && (
        <ul aria-label={intl.formatMessage({ id: 'catalogue.product.images' })} className={css['thumbs']}>
          {images.map((image, index) => (
            <li key={image.url}>
              <button
                type="button"
                aria-label={intl.formatMessage({ id: 'catalogue.product.image' }, { number: index + 1, count: images.length })}
                aria-current={image === shown}
                onClick={() => show(image.url)}
              >
                <Picture image={{ ...image, alt: '' }} sizes="5rem" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
