import 'evalon-ats-widget/react';
import { useState } from 'react';

export function Candidate({ email, name }: { email: string; name: string }) {
  const [result, setResult] = useState('');
  return (
    <>
      <h1>{name}</h1>
      <evalon-assessments
        candidateEmail={email}
        candidateName={name}
        projectId="proj_abc123"
        onevalon-completed={(event) => {
          const { candidate_name, score_summary } = event.detail.session;
          setResult(`${candidate_name}: ${score_summary?.overall}`);
        }}
      />
      <p id="result">{result}</p>
    </>
  );
}
