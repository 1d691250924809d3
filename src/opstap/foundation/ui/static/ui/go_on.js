// SPDX-FileCopyrightText: 2026 Opstap contributors
// SPDX-License-Identifier: EUPL-1.2
// A form that leads on to another site by itself; without script its button does.
document.querySelector("form[data-go-on]").submit();
