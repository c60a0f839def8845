import type { DataOf } from '@florin/client';
import { Box, Button, Checkbox, FormControlLabel, Stack, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { problemOf } from '../api/raw-problem.ts';
import { useAction } from '../form/use-action.ts';
import { Page } from '../layout/page.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Facts, Section } from '../layout/section.tsx';
import { RowTable } from '../list/row-table.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { faultOf, type ImportOptions, importPath, mediaTypeOf } from './import-request.ts';
import { saveFile } from './save-file.ts';

type Import = DataOf<'get', '/v1/product-imports/{id}'>;

const options = ['createCategories', 'count', 'clear'] as const;
const SHOWN_ROWS = 100;

/** Brings products from a file: first as a trial, then for good. What was rejected comes back as a file. */
export function ImportPage() {
  const text = useText();
  const intl = useIntl();
  const florin = useFlorin();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const [chosen, setChosen] = useState<ImportOptions>({ createCategories: true, count: false, clear: false });
  const [result, setResult] = useState<Import>();
  const action = useAction(
    async ({ dryRun }: { dryRun: boolean; name: string; modified: number; chosen: ImportOptions }, idempotencyKey) => {
      const path = importPath(chosen, dryRun);
      const headers = { 'Content-Type': mediaTypeOf(file?.name ?? ''), 'Idempotency-Key': idempotencyKey };
      const response = await florin.raw(path, { method: 'POST', headers, body: file ?? null });
      if (!response.ok) throw await problemOf('POST', path, response);
      return ((await response.json()) as { data: Import }).data;
    },
    { onDone: setResult },
  );
  // The key of an import belongs to this file with these options.
  const run = (dryRun: boolean) => file && void action.run({ dryRun, name: file.name, modified: file.lastModified, chosen });
  return (
    <Page title={text('import.title')} above={[{ label: text('products.title'), to: '/products' }]}>
      <Section title={text('import.file')}>
        <Stack spacing={1} sx={{ alignItems: 'flex-start' }}>
          <input
            ref={input}
            type="file"
            hidden
            accept=".csv,.tsv,.ndjson,.jsonl,text/csv"
            aria-label={text('import.file')}
            onChange={(event) => {
              setFile(event.target.files?.[0]);
              setResult(undefined);
              action.clearError();
            }}
          />
          <Button variant="outlined" onClick={() => input.current?.click()}>
            {text('import.choose')}
          </Button>
          {file && (
            <Typography>
              {text('import.chosen', { name: file.name, size: intl.formatNumber(Math.ceil(file.size / 1000)) })}
            </Typography>
          )}
          {options.map((option) => (
            <FormControlLabel
              key={option}
              control={<Checkbox checked={chosen[option]} onChange={() => setChosen({ ...chosen, [option]: !chosen[option] })} />}
              label={text(`import.${option}`)}
            />
          ))}
          <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
            <Button variant="outlined" disabled={file === undefined} loading={action.isPending} onClick={() => run(true)}>
              {text('import.dryRun')}
            </Button>
            <Button variant="contained" disabled={file === undefined} loading={action.isPending} onClick={() => run(false)}>
              {text('import.run')}
            </Button>
          </Box>
        </Stack>
      </Section>
      {action.error !== undefined && <ProblemAlert error={action.error} />}
      {result && <ImportResult result={result} />}
    </Page>
  );
}

function ImportResult({ result }: { result: Import }) {
  const text = useText();
  const florin = useFlorin();
  const download = useAction(async ({ id }: { id: string }) => {
    const path = `/v1/product-imports/${id}/rows?outcome=rejected&format=csv`;
    const response = await florin.raw(path);
    if (!response.ok) throw await problemOf('GET', path, response);
    saveFile(await response.blob(), 'rejected-rows.csv');
    return true;
  });
  const refused = (result.results ?? result.refusals).filter(({ outcome }) => outcome === 'refused').slice(0, SHOWN_ROWS);
  return (
    <Section title={text(result.dryRun ? 'import.resultDry' : 'import.result')}>
      <Box role="status">
        <Facts
          facts={[
            [text('import.format'), result.fileFormat],
            [text('import.rows'), result.rows],
            [text('import.created'), result.created],
            [text('import.updated'), result.updated],
            [text('import.unchanged'), result.unchanged],
            [text('import.refused'), result.refused],
            [text('import.ignored'), result.ignoredColumns?.join(', ')],
          ]}
        />
      </Box>
      {refused.length > 0 && (
        <>
          <Typography variant="h3" sx={{ marginTop: 2 }}>
            {text('import.badRows')}
          </Typography>
          {result.refused > refused.length && <Typography>{text('import.firstBadRows', { count: refused.length })}</Typography>}
          {!result.dryRun && (
            <>
              <Button variant="outlined" loading={download.isPending} onClick={() => void download.run({ id: result.id })}>
                {text('import.download')}
              </Button>
              <Typography color="textSecondary">{text('import.downloadHint')}</Typography>
              {download.error !== undefined && <ProblemAlert error={download.error} />}
            </>
          )}
          <RowTable
            label={text('import.badRows')}
            rows={refused.map((row) => ({ ...row, id: String(row.row) }))}
            columns={[
              { id: 'row', label: text('import.row'), align: 'end', render: ({ row }) => row },
              { id: 'sku', label: text('product.sku'), render: ({ sku }) => sku ?? '–' },
              { id: 'fault', label: text('import.fault'), render: faultOf },
            ]}
          />
        </>
      )}
    </Section>
  );
}
