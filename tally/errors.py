"""What stops a run. Bad data never does: that is a `Finding`.

Every `TallyError` says the fact and then the remedy, quoting what was received; the command line
prints both and leaves with the error's exit code. Anything else is a bug and gives a traceback.
"""


class TallyError(Exception):
    """A run cannot go on. `fact` says what is so, `remedy` what to do about it."""

    exit_code = 1

    def __init__(self, fact: str, remedy: str = ""):
        super().__init__(f"{fact}\n{remedy}" if remedy else fact)
        self.fact, self.remedy = fact, remedy


class UsageError(TallyError):
    """What was asked for does not exist: an unknown period, campaign, unit, figure or option."""

    exit_code = 2


class UnreadableFile(Exception):
    """A reader cannot read a file; intake turns it into a finding at that file.

    `problem` is a key of `PROBLEMS`; `detail` quotes the library's own words, if any.
    """

    PROBLEMS = {
        "empty": ("文件为空（0 字节）", "请重新报送完整文件"),
        "blank": ("文件里没有任何内容", "请核实是否发错了文件，重新报送填好的表"),
        "pictured": (
            "文件里没有文字和表格，只有图片、图表等，其中的内容没有读取",
            "请报送可编辑的表格；扫描件、照片请作为图片或 PDF 单独报送",
        ),
        "encrypted": ("文件设有打开密码", "请取消密码后重新报送"),
        "damaged": ("文件已损坏，无法打开", "请用原软件打开确认后另存为 .xlsx 或 .docx 重新报送"),
        "permission": ("没有读取该文件的权限", "本局检查文件权限，或关闭正在使用它的程序后重试"),
        "needs_converter": (
            "旧版 Word/WPS 文字文件，没有可用的 LibreOffice，无法转换",
            "请另存为 .docx 重新报送；本局安装 LibreOffice 后也可读取",
        ),
        "other_program": (
            "是别的程序的文件，读不了",
            "请用制作它的程序打开，另存或导出为 .xlsx（表格）、.docx（文字）后重新报送",
        ),
        "unpackable": ("是不支持的压缩格式，没有打开", "请改用 .zip 压缩后报送，或直接报送其中的文件"),
        "volume": ("是分卷压缩包的一卷，没有打开", "请不分卷重新压缩后报送，或直接报送其中的文件"),
        "no_members": ("压缩包里没有文件", "请核实后重新压缩报送"),
        "damaged_parcel": ("压缩包已损坏或没有收全，没有打开", "请重新压缩后报送，或直接报送其中的文件"),
        "program": ("是程序，为安全没有打开", "请直接报送其中的文件，或改用 .zip 压缩后报送"),
        "shortcut": ("只是快捷方式或网址，文件本身没有发来", "请把文件下载或复制出来后直接报送"),
        "recording": ("是录音、录像，其中的内容没有读取", "请报送 .xlsx、.xls、.docx 或 .csv 文件"),
        "sealed": ("是加密邮件（S/MIME），打不开", "请把附件用普通邮件重新发送"),
        "unknown_type": ("不是可识别的表格或文字文件", "请报送 .xlsx、.xls、.docx 或 .csv 文件"),
        "picture": (
            "是图片（扫描件或照片），其中的数字没有读取",
            "请同时报送可编辑的表格（.xlsx、.xls 或 .docx）；本局要识别扫描件，可安装 requirements-scan.txt",
        ),
        "unmapped": (
            "PDF 里的字体没有注明是哪些字，读不出来",
            "请报送可编辑的表格（.xlsx、.docx），或用 Office、WPS 重新导出 PDF",
        ),
        "inline_picture": ("邮件正文里的小图片（如签名图标），没有读取", "图片里有数据的，请作为附件另行报送"),
        "accessory": ("名片、日程、邮件签名或办公软件的临时文件，没有读取", ""),
        "of_page": ("是网页的附属文件（样式、文件清单），没有读取", ""),
        "frames": (
            "网页里只有框架，表在同名的“.files”文件夹里（sheet001.htm 等）",
            "没有连同该文件夹报送的，请一并报送，或另存为 Excel 工作簿（.xlsx）",
        ),
        "linked": ("文件只是一个链接，没有随邮件发来", "请下载后作为普通附件重新发送"),
        "cut_off": ("没有收全，后面的部分缺失", "请重新发送完整的文件或邮件"),
        "too_deep": ("压缩包层层嵌套超过 5 层，没有再打开", "请解压后报送"),
        "not_a_file": ("不是文件本身，而是链接、管道或设备", "请放入文件本身"),
        "long_path": ("文件的路径太长，系统打不开", "本局把数据文件夹移到更短的路径下，或缩短文件名后重新放入"),
        "too_slow": ("文件内容异常，读取超过时限，已中止", "请用原软件打开后另存为 .xlsx 或 .docx 重新报送"),
        "crashed": ("文件使读取程序崩溃，没有读取", "请用原软件打开后另存为 .xlsx 或 .docx 重新报送"),
        "too_large": ("文件过大，超出读取上限", "请核实是否误发，必要时拆分后报送"),
    }

    def __init__(self, problem: str, detail: str = ""):
        super().__init__(f"{problem}: {detail}" if detail else problem)
        self.problem, self.detail = problem, detail
