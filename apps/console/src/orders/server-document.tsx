import { Box } from '@mui/material';
import { useEffect, useRef } from 'react';
import { problemOf } from '../api/raw-problem.ts';
import { useRead } from '../api/use-read.ts';
import { Loading } from '../layout/loading.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { useFlorin } from '../session/use-session.ts';

/** A page for printing that the API makes, inside a page of the console, which has its own heading and styles. */
export function ServerDocument({ path }: { path: string }) {
  const florin = useFlorin();
  const container = useRef<HTMLDivElement>(null);
  const { data, error, refetch } = useRead(['document', path], async (signal) => {
    const response = await florin.raw(path, { signal });
    if (!response.ok) throw await problemOf('GET', path, response);
    return response.text();
  });
  useEffect(() => {
    if (data !== undefined) container.current?.replaceChildren(...contentOf(data));
  }, [data]);
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return <Box ref={container} sx={documentStyle} />;
}

/** The content of an HTML page. It has no scripts; the page's own rules of security would stop them, and inline styles. */
function contentOf(html: string): Node[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of body.querySelectorAll('h1, script, style')) element.remove();
  return [...body.childNodes];
}

const documentStyle = {
  overflowWrap: 'anywhere',
  '& dl': { display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 2, rowGap: 0.5, margin: 0 },
  '& dd': { margin: 0 },
  '& address': { fontStyle: 'normal', whiteSpace: 'pre-line', marginY: 2, fontSize: 'h2.fontSize' },
  '& h2': { marginTop: 3 },
  '& table': { borderCollapse: 'collapse', width: '100%', marginTop: 1 },
  '& th, & td': { borderBottom: 1, borderColor: 'divider', padding: 0.75, textAlign: 'start', verticalAlign: 'top' },
  '& .number': { textAlign: 'end', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  '& .box::before': { content: '"☐"' },
  '& tr': { breakInside: 'avoid' },
} as const;
