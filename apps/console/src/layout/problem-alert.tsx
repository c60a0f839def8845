import { FlorinProblem } from '@florin/client';
import { Alert, AlertTitle, Button, Typography } from '@mui/material';
import { useText } from '../texts/use-text.ts';
import { useProblemText } from './use-problem-text.ts';

type ProblemAlertProps = { error: unknown; onRetry?: () => void };

/** Says what happened, what to do and the id of the request, and offers a retry. */
export function ProblemAlert({ error, onRetry }: ProblemAlertProps) {
  const text = useText();
  const problemText = useProblemText();
  const requestId = error instanceof FlorinProblem ? error.requestId : undefined;
  return (
    <Alert
      severity="error"
      sx={{ overflowWrap: 'anywhere' }}
      action={
        onRetry && (
          <Button color="inherit" onClick={onRetry}>
            {text('action.retry')}
          </Button>
        )
      }
    >
      <AlertTitle>{text('error.title')}</AlertTitle>
      {problemText(error)}
      {requestId !== undefined && (
        <Typography variant="body2" sx={{ marginTop: 1 }}>
          {text('error.requestId', { id: requestId })}
        </Typography>
      )}
    </Alert>
  );
}
