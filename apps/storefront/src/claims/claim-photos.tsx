import { useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import css from './claims.module.css';

/** The photos of a claim. Only its buyer and staff may see them, so each is read with the token. */
export function ClaimPhotos({ photos }: { photos: readonly { imageId: string }[] }) {
  if (photos.length === 0) return null;
  return (
    <ul className={css['photos']}>
      {photos.map(({ imageId }, index) => (
        <li key={imageId}>
          <ClaimPhoto imageId={imageId} number={index + 1} />
        </li>
      ))}
    </ul>
  );
}

function ClaimPhoto({ imageId, number }: { imageId: string; number: number }) {
  const intl = useIntl();
  const florin = useFlorin();
  const { data, isError } = useQuery({
    queryKey: ['claims', 'photo', imageId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: imageId }, query: { width: 320, format: 'dataUrl' } } as const;
      return (await florin.get('/v1/images/{id}', { params, signal })).data;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isError) return <p className={css['soft']}>{intl.formatMessage({ id: 'claims.photoAway' })}</p>;
  if (data === undefined) return <div aria-hidden="true" className={css['photoPlace']} />;
  return <img src={data.dataUrl} alt={intl.formatMessage({ id: 'claims.photo' }, { number })} width="96" height="96" />;
}
