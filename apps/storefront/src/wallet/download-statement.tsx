import { Button, ProblemNotice, useFlorin } from '@florin/ui';
import { useMutation } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { readFile } from './read-file.ts';
import css from './wallet.module.css';

type Props = { month: string; format: 'html' | 'csv' };

/** Downloads a statement. A plain link would not send the token. */
export function DownloadStatement({ month, format }: Props) {
  const intl = useIntl();
  const florin = useFlorin();
  const download = useMutation({
    mutationFn: () => readFile(florin, `/v1/wallet/statements/${month}?format=${format}`),
    onSuccess: (file) => save(file, `statement-${month}.${format}`),
  });
  return (
    <div className={css['download']}>
      <Button isBusy={download.isPending} onClick={() => download.mutate()}>
        {intl.formatMessage({ id: `wallet.download.${format}` })}
      </Button>
      {download.error !== null && <ProblemNotice error={download.error} />}
    </div>
  );
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
