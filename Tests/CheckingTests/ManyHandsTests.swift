import Checking
import Testing

struct ManyHandsTests {
  private static let prepared = Result { try grader(of: "formula-sheet.xml") }
  let sheet: Grader

  init() throws {
    sheet = try Self.prepared.get()
  }

  private static let tail = #"\frac{\sigma_p^2+(\mu_q-\mu_p)^2}{2\sigma_q^2}-\frac12"#

  @Test(arguments: [
    // 0 and 1 together: 0 is q. With 1 and 2, 1 is q.
    ("KL(N_0||N_1) = ln(s_1/s_0) + (s_0^2 + (m_0-m_1)^2)/(2 s_1^2) - 1/2", "correct"),
    (
      "KL(N_0||N_1) = ln(s_0/s_1) + (s_0^2 + (m_0-m_1)^2)/(2 s_1^2) - 1/2",
      "incorrect inverted-ratio"
    ),
    ("KL(N_1||N_2) = ln(s_2/s_1) + (s_1^2 + (m_1-m_2)^2)/(2 s_2^2) - 1/2", "correct"),
    (
      "def kl(m0, s0, m1, s1):\n    return log(s1/s0) + (s0**2 + (m0-m1)**2)/(2*s1**2) - 0.5",
      "correct"
    ),
    // The first argument of the left side is the first distribution.
    (
      #"$$KL(P\|Q)=\ln\frac{\sigma_Q}{\sigma_P}+\frac{\sigma_P^2+(\mu_P-\mu_Q)^2}{2\sigma_Q^2}-\frac12$$"#,
      "correct"
    ),
    (
      #"$$KL(P\|Q)=\ln\frac{\sigma_P}{\sigma_Q}+\frac{\sigma_P^2+(\mu_P-\mu_Q)^2}{2\sigma_Q^2}-\frac12$$"#,
      "incorrect different"
    ),
    ("KL(N(a, b^2) || N(c, d^2)) = ln(d/b) + (b^2 + (a-c)^2)/(2 d^2) - 1/2", "correct"),
    (
      "KL(N(a, b^2) || N(c, d^2)) = ln(b/d) + (b^2 + (a-c)^2)/(2 d^2) - 1/2",
      "incorrect inverted-ratio"
    ),
    // Names that sentences bind.
    (
      "For p = N(mu1, sigma1^2), q = N(mu2, sigma2^2):\n\nKL(p, q) = ln(sigma2/sigma1) + (sigma1^2 + (mu1-mu2)^2)/(2 sigma2^2) - 1/2",
      "correct"
    ),
    (
      "With q = N(m, s^2), p = N(m0, s0^2): KL = ln(s0/s) + (s^2 + (m-m0)^2)/(2 s0^2) - 1/2",
      "correct"
    ),
    (
      #"Let $r$ denote $\sigma_q/\sigma_p$. $$KL=\frac{r^2-1}{2}-\ln r+\frac{(\mu_q-\mu_p)^2}{2\sigma_p^2}$$"#,
      "correct"
    ),
    // Equations whose left side is another quantity.
    (#"$$KL(q\|q)=0$$"#, "incorrect different"),
    (
      #"$$KL(q\|N(0,1))=\frac12(\mu_q^2+\sigma_q^2-1-\ln\sigma_q^2)$$"#,
      "partial special-case.standard-normal-prior"
    ),
    (
      "KL(N(mu, sigma^2) || N(0, 1)) = 0.5*(mu^2 + sigma^2 - 1 - ln(sigma^2))",
      "partial special-case.standard-normal-prior"
    ),
    (#"$$KL(p\|q)=\ln\frac{\sigma_q}{\sigma_p}+"# + tail + "$$", "correct"),
    ("2 KL(q||p) = ln(s_p^2/s_q^2) + s_q^2/s_p^2 + (m_q-m_p)^2/s_p^2 - 1", "correct"),
    // Words and inequalities around the equation.
    (
      #"$KL(q\|p)$ equals $\ln(\sigma_p/\sigma_q)+(\sigma_q^2+(\mu_q-\mu_p)^2)/(2\sigma_p^2)-1/2$."#,
      "correct"
    ),
    (#"$$0\le KL(p\|q)=\ln\frac{\sigma_q}{\sigma_p}+"# + tail + "$$", "correct"),
    (
      "KL(q||p) = ln(s_p/s_q) + (s_q^2 + (m_q-m_p)^2)/(2 s_p^2) + C, where C is a constant",
      "partial up-to-constant"
    ),
  ])
  func `The divergence of two Gaussians in many hands`(answer: String, verdict: String) {
    #expect(CheckingTests.verdict("kl-univariate", answer, by: sheet) == verdict)
  }

  @Test(arguments: [
    "KL = 1.00005*(ln(s2/s1) + (s1^2+(m1-m2)^2)/(2*s2^2) - 1/2)",
    "KL = ln(s2/s1) + (s1^2+(m1-m2)^2)/(2*s2^2) - 0.4999",
    "KL = ln(s2/s1) + (s1^2+(m1-m2)*|m1-m2|)/(2*s2^2) - 1/2",
    "KL = |ln(s2/s1)| + (s1^2+(m1-m2)^2)/(2*s2^2) - 1/2",
    "KL = ln(s2/s1) + exp(ln(s1^2+(m1-m2)^3/(m1-m2)+1e-6))/(2*s2^2) - 1/2",
  ])
  func `Nearly right and half right is not right`(answer: String) {
    #expect(!verdict("kl-univariate", answer, by: sheet).hasPrefix("correct"))
  }

  @Test(arguments: [
    (#"$$KL=\frac12\sum_{j=0}^{k-1}(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)$$"#, "correct"),
    (
      #"$$KL=\frac12\sum_{j=1}^{k-1}(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)$$"#, "incorrect different"
    ),
    (#"$$KL=\frac12\sum_{j=2}^{k}(\mu_j^2+\sigma_j^2-1-\log\sigma_j^2)$$"#, "incorrect different"),
    (#"$$KL=\frac12\mathbf 1^\top(\mu^2+\sigma^2-\log\sigma^2-\mathbf 1)$$"#, "correct"),
    (
      #"With $\log\sigma_j=\lambda_j$: $$KL=\sum_j\Big(\tfrac12 e^{2\lambda_j}-\lambda_j+\tfrac12\mu_j^2-\tfrac12\Big)$$"#,
      "correct"
    ),
    (
      "kl = 0\nfor j in range(len(mu)):\n    kl += 0.5 * (mu[j]**2 + sigma[j]**2 - 1 - math.log(sigma[j]**2))",
      "correct"
    ),
    (
      "kl = 0\nfor j in range(1, k):\n    kl += 0.5 * (mu[j]**2 + sigma[j]**2 - 1 - math.log(sigma[j]**2))",
      "incorrect different"
    ),
    (
      "kl_loss = 1 + z_log_var - tf.square(z_mean) - tf.exp(z_log_var)\nkl_loss = tf.reduce_sum(kl_loss, axis=-1)\nkl_loss *= -0.5",
      "correct"
    ),
    (
      "def f(mu, logvar):\n    kl = mu.pow(2).add(logvar.exp()).sub(1).sub(logvar)\n    return 0.5 * kl.sum()",
      "correct"
    ),
    (
      "kl = -0.5 * torch.sum(1 + torch.log(logvar) - mu**2 - logvar)",
      "incorrect different"
    ),
    ("KL = 0.5*(mu'*mu + sum(sigma.^2) - k) - sum(log(sigma))", "correct"),
  ])
  func `Sums, ranges and loops over the latent space`(answer: String, verdict: String) {
    #expect(CheckingTests.verdict("kl-standard-normal", answer, by: sheet) == verdict)
  }

  @Test(arguments: [
    (
      #"Let $\delta=\mu_p-\mu_q$, $P=\Sigma_p^{-1}$. $$KL=\frac12(\operatorname{tr}(P\Sigma_q)+\delta^TP\delta-k-\log\det(P\Sigma_q))$$"#,
      "correct"
    ),
    (
      #"$$KL=\frac12\left(\langle\Sigma_p^{-1},\Sigma_q\rangle-k+\|\mu_p-\mu_q\|_{\Sigma_p^{-1}}^2+\log\frac{|\Sigma_p|}{|\Sigma_q|}\right)$$"#,
      "correct"
    ),
    (
      "d = mu_p - mu_q\nkl = 0.5 * (torch.logdet(S_p) - torch.logdet(S_q) - k + torch.trace(torch.linalg.solve(S_p, S_q)) + d @ torch.linalg.solve(S_p, d))",
      "correct"
    ),
  ])
  func `Matrices in other clothes`(answer: String, verdict: String) {
    #expect(CheckingTests.verdict("kl-multivariate", answer, by: sheet) == verdict)
  }

  @Test(arguments: [
    (#"$$\log p(x)\ge\mathbb E_q\left[\log\frac{p(x,z)}{q(z|x)}\right]=\mathcal L$$"#, "correct"),
    (
      #"$$\log p(x)\le\mathbb E_q\left[\log\frac{p(x,z)}{q(z|x)}\right]$$"#,
      "incorrect bound-direction"
    ),
    ("E_q[log p(x|z)] - KL(q(z|x)||p(z)) <= log p(x)", "correct"),
    (
      #"$$\log p(x)=\mathrm{ELBO}+KL(q(z|x)\|p(z|x))\Rightarrow\mathrm{ELBO}=\mathbb E_q[\log p(x,z)]-\mathbb E_q[\log q(z|x)]$$"#,
      "correct"
    ),
    (
      #"$$\mathcal L=\mathcal L_{rec}-\mathcal L_{KL},\quad\mathcal L_{rec}=\mathbb E_q[\log p(x|z)],\quad\mathcal L_{KL}=KL(q(z|x)\|p(z))$$"#,
      "correct"
    ),
    (
      #"$$\mathcal L=\mathcal L_{rec}+\mathcal L_{KL},\quad\mathcal L_{rec}=\mathbb E_q[\log p(x|z)],\quad\mathcal L_{KL}=KL(q(z|x)\|p(z))$$"#,
      "incorrect plus-kl"
    ),
    (
      #"$$\mathcal L=\frac{\log p(x|\mu+\sigma)+\log p(x|\mu-\sigma)}{2}-D_{KL}(q(z|x)\|p(z))$$"#,
      "incorrect different"
    ),
    ("elbo = np.sum(q * (np.log(pxz) + np.log(pz) - np.log(q)))", "correct"),
    ("F = E_q[log q(z|x)] - E_q[log p(x,z)] is the variational free energy", "correct"),
    ("L = L", "incorrect form.circular"),
    ("L(x) = E_{z ~ q(.|x)}[ln p(x|z)] - KL(q(.|x) || p)", "correct"),
  ])
  func `Bounds, parts and free energies`(answer: String, verdict: String) {
    #expect(CheckingTests.verdict("elbo", answer, by: sheet) == verdict)
  }

  @Test(arguments: [
    (
      "dist = torch.distributions.Normal(xhat, s_x)\nloss = -dist.log_prob(x).sum() - 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())",
      "correct"
    ),
    (
      "dist = torch.distributions.Normal(xhat, s_x)\nloss = -dist.log_prob(x).mean() - 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())",
      "incorrect different"
    ),
    (
      "loss = F.gaussian_nll_loss(xhat, x, s_x**2, full=True, reduction='sum') + 0.5 * (mu**2 + sigma**2 - 1 - torch.log(sigma**2)).sum()",
      "correct"
    ),
    (
      #"$$-\mathrm{ELBO}=-\sum_i\log\mathcal N(x_i\mid\hat x_i,s_x^2)+\frac12\sum_j(\mu_j^2+\sigma_j^2-\log\sigma_j^2-1)$$"#,
      "correct"
    ),
  ])
  func `Losses by densities of a library`(answer: String, verdict: String) {
    #expect(CheckingTests.verdict("vae-loss", answer, by: sheet) == verdict)
  }
}
