"""What the read stage says."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

FILE_EMPTY = Message(
    "RD01", "空文件", Severity.ERROR, Effect.SHEET,
    "文件是空的（0字节），没有任何内容", "请重新保存或重新发送这个文件", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
FILE_LOCKED = Message(
    "RD02", "文件读不到", Severity.ERROR, Effect.SHEET,
    "文件读不到：可能正被别的程序打开，或没有读取权限", "请关闭打开它的程序（如WPS、Excel）后重试，或重新复制一份", "本程序约定", Subject.FILE,
)  # fmt: skip
NOT_A_FILE = Message(
    "RD03", "不是文件", Severity.ERROR, Effect.SHEET,
    "这里是一个文件夹，不是表格文件", "请把文件夹里的表格文件直接报送", "本程序约定", Subject.FILE,
)  # fmt: skip
FILE_MISSING = Message(
    "RD04", "文件不存在", Severity.ERROR, Effect.SHEET,
    "找不到这个文件，可能已被移动、删除，或路径太长", "请确认文件还在原处，必要时缩短文件夹和文件的名称", "本程序约定", Subject.FILE,
)  # fmt: skip
PASSWORD = Message(
    "RD05", "有打开密码", Severity.ERROR, Effect.SHEET,
    "文件有打开密码，读不出内容", "请取消打开密码，另存后重新报送；或者把密码告诉县里，检查时一并给出", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
FILE_DAMAGED = Message(
    "RD06", "文件已损坏", Severity.ERROR, Effect.SHEET,
    "文件已损坏，打不开（可能没有下载或复制完整）", "请在原来的电脑上打开确认，另存为.xlsx后重新报送", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
NOT_A_TABLE = Message(
    "RD07", "不是表格文件", Severity.ERROR, Effect.SHEET,
    "这不是表格文件，而是{what}", "请报送表格文件（.xlsx、.xls或.csv）", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
SAVE_ANEW = Message(
    "RD08", "表格格式要另存", Severity.ERROR, Effect.SHEET,
    "文件的实际格式是{what}，目前不能直接读取", "请用WPS或Excel打开，另存为.xlsx后重新报送", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
ARCHIVE = Message(
    "RD09", "压缩包", Severity.ERROR, Effect.SHEET,
    "这是{what}，里面的文件没有读取", "请先解压，再报送里面的表格", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
FILE_TOO_LARGE = Message(
    "RD10", "文件太大", Severity.ERROR, Effect.SHEET,
    "文件太大或异常膨胀，没有读取", "请删去图片和多余的工作表，或拆成几个文件后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
SHEET_DAMAGED = Message(
    "RD11", "工作表已损坏", Severity.ERROR, Effect.SHEET,
    "工作表“{sheet}”已损坏，读不出内容", "请打开文件确认这个工作表，另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
SHEET_TOO_LARGE = Message(
    "RD12", "工作表范围过大", Severity.ERROR, Effect.SHEET,
    "内容一直延伸到第{last_row}行、第{last_column}列，范围过大，没有读取", "请删去表格以外很远处的零散内容后重新报送", "DOMAIN M07", Subject.FILE,
)  # fmt: skip
NO_SHEET = Message(
    "RD13", "没有工作表", Severity.ERROR, Effect.SHEET,
    "文件里没有可以读取的工作表", "请确认文件内容，另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
SUFFIX_DIFFERS = Message(
    "RD20", "后缀与内容不符", Severity.INFO, Effect.NONE,
    "文件名后缀是“{suffix}”，实际内容是{what}，已按实际内容读取", "", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
HIDDEN_SHEET = Message(
    "RD21", "隐藏的工作表", Severity.INFO, Effect.NONE,
    "隐藏的工作表“{sheet}”也已读取", "如不应报送，请删除这个工作表", "DOMAIN M22", Subject.FILE,
)  # fmt: skip
HIDDEN_ROWS = Message(
    "RD22", "隐藏的行", Severity.INFO, Effect.NONE,
    "有{number}行被隐藏或被筛选掉（第{rows}行），也已读取", "如不应报送，请删除这些行", "DOMAIN M24", Subject.FILE,
)  # fmt: skip
HIDDEN_COLUMNS = Message(
    "RD23", "隐藏的列", Severity.INFO, Effect.NONE,
    "有{number}列被隐藏（{columns}列），也已读取", "如不应报送，请删除这些列", "DOMAIN M24", Subject.FILE,
)  # fmt: skip
ENCODING_GUESSED = Message(
    "RD24", "文字编码不明", Severity.WARNING, Effect.NONE,
    "文件的文字编码不规范，个别字可能是乱码", "请用WPS或Excel打开核对，另存为.xlsx后重新报送", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
CHARACTERS_DROPPED = Message(
    "RD25", "有无效字符", Severity.WARNING, Effect.NONE,
    "文件中有{number}个无法显示的空字符，已略去", "请打开文件核对内容是否完整", "本程序约定", Subject.FILE,
)  # fmt: skip
READ_TOO_LONG = Message(
    "RD30", "读取时间过长", Severity.ERROR, Effect.SHEET,
    "文件读了很久也读不完，已停止，没有读取", "请用WPS或Excel打开，删去多余的格式和工作表，另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
READ_TOO_MUCH = Message(
    "RD31", "读取占用内存过多", Severity.ERROR, Effect.SHEET,
    "读取文件要占用的内存异常地多，已停止，没有读取", "请用WPS或Excel打开，删去表格以外的内容，另存为.xlsx，或拆成几个文件后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
READER_CRASHED = Message(
    "RD32", "读取中途出错", Severity.ERROR, Effect.SHEET,
    "文件的内部结构异常，读取中途出错，没有读取", "请用WPS或Excel打开确认内容，另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
READ_ANOTHER_WAY = Message(
    "RD33", "换一种方式读取", Severity.INFO, Effect.NONE,
    "文件的内部结构不寻常，按通常的方式读不出，已换一种方式读取", "请抽查几处是否与原表一致，最好另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
ZIP_PASSWORD = Message(
    "RD36", "压缩包有密码", Severity.ERROR, Effect.SHEET,
    "压缩包有密码，里面的{number}个文件没有读取：{names}", "请解压后直接报送里面的表格；或者把密码告诉县里，检查时一并给出", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
ZIP_DAMAGED = Message(
    "RD37", "压缩包里有文件解不出来", Severity.ERROR, Effect.SHEET,
    "压缩包里有{number}个文件解不出来（已损坏，或压缩、加密的方式少见）：{names}", "请在原来的电脑上解压确认，直接报送里面的表格", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
ZIP_EMPTY = Message(
    "RD38", "压缩包是空的", Severity.ERROR, Effect.SHEET,
    "压缩包里没有可以读取的文件", "请确认压缩包的内容，重新压缩后报送，或直接报送里面的表格", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
ZIP_TOO_LARGE = Message(
    "RD39", "压缩包太大", Severity.ERROR, Effect.SHEET,
    "压缩包里的文件太大、太多或异常膨胀，{number}个没有读取：{names}", "请解压后直接报送里面的表格，或拆成几个压缩包", "本程序约定", Subject.FILE,
)  # fmt: skip
MIXED_ENCODINGS = Message(
    "RD40", "混有两种文字编码", Severity.WARNING, Effect.NONE,
    "文件里混有两种文字编码（其中{number}行与其余不同），已逐行识别", "请用WPS或Excel打开核对有没有乱码，另存为.xlsx后重新报送", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
QUOTES_OPEN = Message(
    "RD41", "引号不成对", Severity.WARNING, Effect.NONE,
    "有{number}行的双引号没有成对（第{rows}行），这些行已按原样读取，没有与下一行连成一格",
    "请对照原表核对这些行，去掉多余的双引号", "本程序约定", Subject.FILE,
)  # fmt: skip
ROWS_QUOTED = Message(
    "RD42", "整行被引号括住", Severity.INFO, Effect.NONE,
    "每一行都整行括在一对双引号里，已拆成各列读取", "", "本程序约定", Subject.FILE,
)  # fmt: skip
PAGE_WITHOUT_TABLE = Message(
    "RD43", "网页里没有表格", Severity.ERROR, Effect.SHEET,
    "文件的实际内容是网页，里面没有表格，可能是系统的登录页、提示页或出错页",
    "请重新登录系统导出，打开确认有内容后再报送", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
PAGE_WITHOUT_FOLDER = Message(
    "RD44", "网页缺少附属文件夹", Severity.ERROR, Effect.SHEET,
    "文件是存成网页的工作簿，表格内容在另一个同名的文件夹里，没有一起报来",
    "请用WPS或Excel打开原来的表格，另存为.xlsx后重新报送", "DOMAIN M21", Subject.FILE,
)  # fmt: skip
SEALED = Message(
    "RD45", "被加密软件加密", Severity.ERROR, Effect.SHEET,
    "文件被单位的加密软件加了密，离开原来的电脑就打不开", "请在原来的电脑上解密（外发）后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
READINGS_DIFFER = Message(
    "RD50", "两种读法不一致", Severity.WARNING, Effect.NONE,
    "用两种方法读取，有{number}个单元格读出的内容不一致，已采用文件里实际保存的内容", "请打开文件核对这些单元格，另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
CELL_ASTRAY = Message(
    "RD51", "单元格位置无效", Severity.WARNING, Effect.NONE,
    "工作表“{sheet}”里有{number}个单元格在文件里的位置写错了，不知道属于哪一格，没有读取", "请打开文件核对内容是否完整，另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
TEXT_LOST = Message(
    "RD52", "单元格文字丢失", Severity.WARNING, Effect.NONE,
    "有{number}个单元格的文字在文件里已经丢失，读不出来", "请打开文件，把这些单元格重新填写，另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
CELL_REPEATED = Message(
    "RD53", "单元格重复", Severity.WARNING, Effect.NONE,
    "有{number}个单元格在文件里写了不止一次，已按最后一次写的内容读取", "请打开文件核对这些单元格，另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
SHEET_RENAMED = Message(
    "RD54", "工作表重名", Severity.WARNING, Effect.NONE,
    "有不止一个工作表叫“{name}”，这一个按“{sheet}”读取", "请给每个工作表起不同的名称后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
SHEET_UNSURE = Message(
    "RD55", "可能没有读全", Severity.WARNING, Effect.NONE,
    "工作表“{sheet}”的内容有损坏，已读出的内容可能不全", "请打开文件核对内容是否完整，另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
PART_REPEATED = Message(
    "RD56", "文件内部有重名的内容", Severity.WARNING, Effect.NONE,
    "文件内部有两份同名的内容，已按其中一份读取，可能与打开后看到的不同", "请打开文件核对内容，另存为.xlsx后重新报送", "本程序约定", Subject.FILE,
)  # fmt: skip
MACROS = Message(
    "RD57", "文件含有宏", Severity.INFO, Effect.NONE,
    "文件里有宏（自动执行的程序），没有运行", "报送的表格不需要宏，建议另存为.xlsx", "本程序约定", Subject.FILE,
)  # fmt: skip
LINKS = Message(
    "RD58", "引用别的文件", Severity.INFO, Effect.NONE,
    "文件里引用了别的文件，没有打开那些文件，按这个文件里保存的内容读取", "建议把引用的内容粘贴为数值后再报送", "本程序约定", Subject.FILE,
)  # fmt: skip
CONNECTIONS = Message(
    "RD59", "连接外部数据", Severity.INFO, Effect.NONE,
    "文件设置了从别处取数据的连接，没有连接，按这个文件里保存的内容读取", "建议删除数据连接后再报送", "本程序约定", Subject.FILE,
)  # fmt: skip
