import { FlorinProblem } from '@florin/client';
import { Button, problemText, useFlorin } from '@florin/ui';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import css from './claims.module.css';
import { MAX_PHOTOS, PHOTO_TYPES, photoFault } from './photo-faults.ts';
import { readDataUrl } from './read-data-url.ts';

/** An uploaded photo, and the address of its preview. */
export type Photo = { id: string; name: string; preview: string };

type Props = { photos: readonly Photo[]; onChange(change: (photos: readonly Photo[]) => readonly Photo[]): void };

/** Uploads photos as they are chosen. Faults of files are shown beside the field. */
export function PhotoField({ photos, onChange }: Props) {
  const intl = useIntl();
  const id = useId();
  const upload = useUpload();
  const [faults, setFaults] = useState<readonly string[]>([]);
  const text = (name: string, values?: Record<string, string | number>) => intl.formatMessage({ id: `claims.${name}` }, values);
  useRevokedPreviews(photos);
  const add = async (files: readonly File[]) => {
    const found: string[] = [];
    let room = MAX_PHOTOS - photos.length;
    for (const file of files) {
      const fault = photoFault(file, room);
      try {
        if (fault === undefined) {
          const photo = { id: await upload.mutateAsync(file), name: file.name, preview: URL.createObjectURL(file) };
          onChange((before) => [...before.filter((one) => one.id !== photo.id), photo]);
          room--;
        } else found.push(`${file.name}: ${text(fault, { max: MAX_PHOTOS })}`);
      } catch (error) {
        found.push(`${file.name}: ${problemText(error, intl).text}`);
      }
    }
    setFaults(found);
  };
  return (
    <div className={css['photoField']}>
      <label htmlFor={id} className={css['legend']}>
        {text('photos')}
      </label>
      <p id={`${id}-hint`} className={css['soft']}>
        {text('photosHint', { max: MAX_PHOTOS })}
      </p>
      <input
        id={id}
        type="file"
        accept={PHOTO_TYPES.join(',')}
        multiple
        disabled={upload.isPending || photos.length >= MAX_PHOTOS}
        aria-invalid={faults.length > 0}
        aria-describedby={`${id}-hint ${id}-state`}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          void add(files);
        }}
      />
      <div id={`${id}-state`} role="status">
        {upload.isPending && <p className={css['soft']}>{text('photoSending')}</p>}
        {faults.map((fault) => (
          <p key={fault} className={css['fieldError']}>
            {fault}
          </p>
        ))}
      </div>
      <ul className={css['photos']}>
        {photos.map((photo) => (
          <li key={photo.id}>
            <img src={photo.preview} alt={photo.name} width="96" height="96" />
            <Button
              variant="quiet"
              aria-label={`${intl.formatMessage({ id: 'cart.remove' })}: ${photo.name}`}
              onClick={() => onChange((before) => before.filter((one) => one !== photo))}
            >
              {intl.formatMessage({ id: 'cart.remove' })}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function useUpload() {
  const florin = useFlorin();
  return useMutation({
    mutationFn: async (file: File) => {
      const body = { purpose: 'claim' as const, dataUrl: await readDataUrl(file) };
      // The same bytes give the same image, so it may be sent again.
      const send = () => florin.post('/v1/images', { body });
      const { data } = await send().catch((error: unknown) => {
        if (error instanceof FlorinProblem) throw error;
        return send();
      });
      return data.id;
    },
  });
}

/** The browser keeps a file in memory until its preview is given up. */
function useRevokedPreviews(photos: readonly Photo[]): void {
  const shown = useRef(photos);
  shown.current = photos;
  useEffect(
    () => () => {
      for (const { preview } of shown.current) URL.revokeObjectURL(preview);
    },
    [],
  );
}
