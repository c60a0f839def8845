import { Box } from '@mui/material';
import { useEffect, useState } from 'react';
import { problemOf } from '../api/raw-problem.ts';
import { useRead } from '../api/use-read.ts';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';

type Photo = { imageId: string };

/** The photos of a claim. They are private, so the browser reads them with the session's token. */
export function ClaimPhotos({ photos = [] }: { photos: readonly Photo[] | undefined }) {
  if (photos.length === 0) return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, marginTop: 1 }}>
      {photos.map(({ imageId }, index) => (
        <ClaimPhoto key={imageId} imageId={imageId} number={index + 1} />
      ))}
    </Box>
  );
}

function ClaimPhoto({ imageId, number }: { imageId: string; number: number }) {
  const text = useText();
  const florin = useFlorin();
  const { data, isError } = useRead(['images', imageId], async (signal) => {
    const path = `/v1/images/${encodeURIComponent(imageId)}?width=640`;
    const response = await florin.raw(path, { signal });
    if (!response.ok) throw await problemOf('GET', path, response);
    return response.blob();
  });
  const url = useObjectUrl(data);
  if (isError) return <span>{text('claim.photoMissing', { number })}</span>;
  return (
    <Box component="img" src={url} alt={text('claim.photo', { number })} sx={{ width: 200, height: 200, objectFit: 'contain' }} />
  );
}

/** An address of the data for an `img`, which lives as long as the component. */
function useObjectUrl(data: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (data === undefined) return undefined;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return url;
}
