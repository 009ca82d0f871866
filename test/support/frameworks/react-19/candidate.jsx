export function Candidate({ email, name, onCompleted }) {
  return (
    <evalon-assessments
      candidateEmail={email}
      candidateName={name}
      projectId="proj_abc123"
      onevalon-completed={(event) => onCompleted(event.detail.session)}
    />
  );
}
