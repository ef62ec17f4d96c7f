#pragma once
#include <cblas.h>

/// LAPACK: eigenvalues (ascending) and eigenvectors of a symmetric matrix. OpenBLAS has it, but its header package need not.
void dsyev_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
            const int *lwork, int *info);
